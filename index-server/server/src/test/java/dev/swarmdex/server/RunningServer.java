package dev.swarmdex.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code index run} on a thread of its own, with its files in a folder; stopped by an interrupt. */
public final class RunningServer implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("listens on udp://127.0.0.1:(\\d+)");

    private final Path folder;
    private final Program program = new Program();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Thread thread;

    public RunningServer(Path folder) throws IOException {
        this.folder = folder;
        Files.deleteIfExists(log());
        String[] arguments = {"run", "-c", config(folder).toString()};
        thread = Thread.ofPlatform().start(() -> exit.complete(program.run(arguments)));
        await().until(() -> exit.isDone() || port().isPresent());
        assertThat(exit).as(() -> "exit, " + program.errors()).isNotDone();
    }

    /** A config for a server whose files are all in that folder. */
    public static Path config(Path folder) throws IOException {
        Path file = folder.resolve("index-server.toml");
        return Files.exists(file) ? file : Files.writeString(file, """
                [store]
                url = "jdbc:h2:file:%1$s/index"
                durability = "process"
                [[frontend]]
                protocol = "native"
                bind = "127.0.0.1:0"
                [http]
                bind = ""
                [console]
                bind = "127.0.0.1:0"
                [log]
                file = "%1$s/logs/server.log"
                """.formatted(folder));
    }

    public Path log() {
        return folder.resolve("logs/server.log");
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port().orElseThrow());
    }

    private Optional<Integer> port() {
        try {
            Matcher matcher = LISTENS.matcher(Files.exists(log()) ? Files.readString(log()) : "");
            return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        assertThat(exit).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(0);
    }
}
