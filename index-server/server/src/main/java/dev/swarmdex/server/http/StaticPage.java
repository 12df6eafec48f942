package dev.swarmdex.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The operator's page: one HTML file with its style and its script. A browser that honours the content security policy runs
 * that script and no other, since the policy names its hash, and talks to nobody but this server.
 */
record StaticPage(Answer answer) {

    static StaticPage load() {
        String html = resource("page.html");
        String policy = "default-src 'none'; script-src 'sha256-" + hash(between(html, "<script>", "</script>"))
                + "'; style-src 'sha256-" + hash(between(html, "<style>", "</style>"))
                + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new StaticPage(Answer.of(Answer.OK, "text/html; charset=utf-8", html)
                .with("Content-Security-Policy", policy));
    }

    static String resource(String name) {
        try (InputStream in = StaticPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String between(String html, String begin, String end) {
        int start = html.indexOf(begin) + begin.length();
        return html.substring(start, html.indexOf(end, start));
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
