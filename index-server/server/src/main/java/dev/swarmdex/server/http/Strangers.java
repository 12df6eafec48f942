package dev.swarmdex.server.http;

import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Tells requests that a browser makes because a page of somebody else says so: such a page can't read the answers, but could have
 * the index work for it. Browsers say by {@code Sec-Fetch-Site} who asks, or else by {@code Origin}; programs say neither.
 */
final class Strangers {

    private static final String SITE = "Sec-Fetch-Site";
    /** This page, or a person by a bookmark or the address bar. */
    private static final Set<String> WELCOME = Set.of("same-origin", "none");

    private Strangers() {}

    /** Whether somebody else's page asks. */
    static boolean ask(Request request) {
        HttpFields headers = request.getHeaders();
        if (headers.contains(SITE)) {
            return !headers.getValuesList(SITE).stream().allMatch(WELCOME::contains);
        }
        String host = String.valueOf(headers.get(HttpHeader.HOST)).toLowerCase(Locale.ROOT);
        return headers.getValuesList(HttpHeader.ORIGIN).stream().map(origin -> origin.toLowerCase(Locale.ROOT))
                .anyMatch(origin -> !origin.equals("http://" + host) && !origin.equals("https://" + host));
    }
}
