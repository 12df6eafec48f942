package dev.swarmdex.server.http;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The operator's page in a real browser. */
@Timeout(240)
class PageTest {

    private static final String NARROW = "document.documentElement.scrollWidth <= 360";

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;
    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    @BeforeEach
    void open(@TempDir Path store, @TempDir Path profile) throws Exception {
        server = new HttpServer(store);
        try (NativeClient alice = server.peer()) {
            alice.share("alice",
                    new Content("films/it's <b>big</b>.mkv", Optional.of("sha256-tree:" + "ab".repeat(32)), 5),
                    new Content("song.ogg", Optional.empty(), 7));
        }
        browser = Browser.start(profile);
        browser.call("Page.navigate", Map.of("url", server.uri("/").toString()));
        browser.waitUntil("document.querySelector('#health')?.textContent === 'ready'");
    }

    @AfterEach
    void close() {
        try (HttpServer _ = server) {
            browser.close();
        }
    }

    @Test
    void every_view_shows_what_it_should_without_a_complaint_of_the_browser() throws Exception {
        browser.waitUntil("document.querySelectorAll('#content-rows button').length === 2");
        browser.waitUntil("document.querySelectorAll('#plot .bar').length === 97");
        assertThat(browser.see("document.querySelector('#plot-note').textContent")).startsWith("2 since");

        browser.click("#content-rows button");
        browser.waitUntil("document.querySelectorAll('#timeline .bar.open').length === 1");
        assertThat(browser.see("document.querySelector('#history-title').textContent"))
                .isEqualTo("History of films/it's <b>big</b>.mkv");
        browser.click("#history-rows button");
        browser.waitUntil("document.querySelectorAll('#session-rows tr').length === 1");
        assertThat(browser.see("document.querySelector('#sessions-title').textContent")).isEqualTo("Sessions of alice");

        browser.see("(questions => { questions.selectedIndex = 1; questions.dispatchEvent(new Event('change')); })"
                + "(document.querySelector('#questions'))");
        browser.click("#query button");
        browser.waitUntil("document.querySelector('#answer-note').textContent === '0 rows'");
        browser.see(
                "document.querySelector('#query textarea').value = 'select content from current_mappings order by 1'");
        browser.click("#query button");
        browser.waitUntil("document.querySelector('#answer-note').textContent === '2 rows'");
        assertThat(browser.see("document.querySelector('#answer-rows').textContent"))
                .isEqualTo("films/it's <b>big</b>.mkvsong.ogg");

        browser.see("document.querySelector('#search input').value = 'sogn'");
        browser.waitUntil("(document.querySelector('#search button').click(),"
                + " document.querySelectorAll('#content-rows button').length === 1)");
        browser.click("#all");
        browser.waitUntil("document.querySelectorAll('#content-rows button').length === 2");

        assertThat(browser.see("document.querySelectorAll('main b').length")).isEqualTo("0");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void it_fits_a_telephone_and_needs_no_mouse_and_is_dark_for_who_wants_that() throws Exception {
        browser.call("Emulation.setDeviceMetricsOverride",
                Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 40 && !reached.contains("TEXTAREA"); i++) {
            browser.press("Tab");
            reached.add(browser.see("document.activeElement.tagName"));
        }
        assertThat(reached).startsWith("A").contains("INPUT", "BUTTON", "SELECT", "TEXTAREA");

        browser.see("location.hash = '#peer=alice'");
        browser.waitUntil("document.querySelectorAll('#session-rows tr').length === 1");
        browser.waitUntil(NARROW);

        String light = browser.see("getComputedStyle(document.body).backgroundColor");
        browser.call("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        assertThat(browser.see("getComputedStyle(document.body).backgroundColor")).isNotEqualTo(light);
        assertThat(browser.complaints()).isEmpty();
    }
}
