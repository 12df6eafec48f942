package dev.swarmdex.peer.host.command;

import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Shows the progress of a file's or a folder's download: a bar on a terminal, a line now and then elsewhere, an event a line
 * as JSON.
 */
sealed interface ProgressDisplay extends AutoCloseable {

    /** Shows an event of the operation {@code get}. */
    void show(JsonNode progress);

    @Override
    void close();

    static ProgressDisplay of(Output output, boolean json) {
        if (json) {
            return new Events(output);
        }
        return output.terminal() ? new Bar() : new Lines(output);
    }

    /** For programs. */
    record Events(Output output) implements ProgressDisplay {

        @Override
        public void show(JsonNode progress) {
            output.jsonLine(progress);
        }

        @Override
        public void close() {}
    }

    /** For people at a terminal. */
    final class Bar implements ProgressDisplay {

        private static final int MEGABYTE = 1_000_000;

        private @Nullable ProgressBar bar;

        @Override
        public void show(JsonNode progress) {
            if (bar == null) {
                bar = new ProgressBarBuilder().setTaskName(progress.path("name").asString(""))
                        .setInitialMax(progress.path("size").asLong()).setUnit(" MB", MEGABYTE)
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK).setUpdateIntervalMillis(200).build();
            }
            bar.maxHint(progress.path("size").asLong());
            bar.stepTo(progress.path("received").asLong());
            bar.setExtraMessage(" " + files(progress) + Sizes.text(progress.path("verified").asLong()) + " verified, "
                    + Sizes.text(progress.path("rate").asLong()) + "/s" + sources(progress));
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
                bar = null;
            }
        }
    }

    /** For logs: a line every few seconds, to standard error. */
    final class Lines implements ProgressDisplay {

        private static final Duration PERIOD = Duration.ofSeconds(2);

        private final Output output;
        private long nextLine = System.nanoTime() + PERIOD.toNanos();

        private Lines(Output output) {
            this.output = output;
        }

        @Override
        public void show(JsonNode progress) {
            if (System.nanoTime() < nextLine) {
                return;
            }
            nextLine = System.nanoTime() + PERIOD.toNanos();
            long size = progress.path("size").asLong();
            long received = progress.path("received").asLong();
            long rate = progress.path("rate").asLong();
            String left = rate == 0 || size < 0 ? "" : ", %d s left".formatted((size - received) / rate);
            output.messages().println(String.format(Locale.ROOT, "%s: %s%s of %s %s, %s/s%s%s",
                    progress.path("name").asString(""), files(progress), Sizes.text(received), Sizes.text(size),
                    progress.path("verified").asLong() == received ? "verified" : "received", Sizes.text(rate), left,
                    sources(progress)));
        }

        @Override
        public void close() {}
    }

    /** Of a folder. */
    private static String files(JsonNode progress) {
        return progress.has("files")
                ? "%d of %d files, ".formatted(progress.path("filesDone").asLong(), progress.path("files").asLong())
                : "";
    }

    private static String sources(JsonNode progress) {
        StringJoiner peers = new StringJoiner(", ", " from ", "").setEmptyValue("");
        progress.path("sources").forEach(peer -> peers.add(peer.asString("")));
        return peers.toString();
    }
}
