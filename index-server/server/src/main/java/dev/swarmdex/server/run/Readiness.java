package dev.swarmdex.server.run;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the server serves, if it was started by a unit of {@code Type=notify}: see sd_notify(3). By systemd's own
 * program, which is wherever systemd is: Java has no datagrams of Unix's.
 */
final class Readiness {

    private static final String ASKED_FOR = "NOTIFY_SOCKET";
    private static final int MOST_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private Readiness() {}

    /** Reports it, if the environment asks for that; a failure to do so is only logged. */
    static void tell(Map<String, String> environment) {
        if (!environment.containsKey(ASKED_FOR)) {
            return;
        }
        try {
            Process process = new ProcessBuilder("systemd-notify", "--ready").inheritIO().start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                failed("systemd-notify hangs");
            } else if (process.exitValue() != 0) {
                failed("systemd-notify failed");
            }
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void failed(String reason) {
        LOG.warn("systemd can't be told that the server is ready ({}): use Type=exec in the unit, and ask /readyz",
                reason);
    }
}
