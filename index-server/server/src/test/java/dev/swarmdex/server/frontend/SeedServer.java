package dev.swarmdex.server.frontend;

import dev.swarmdex.config.ConfigReader;
import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.Program;
import dev.swarmdex.server.run.IndexServer;
import dev.swarmdex.server.settings.ServerSettings;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A whole index server with its database in a folder, the native protocol and those of the seeds that a test names. */
public final class SeedServer implements AutoCloseable {

    private static final String TABLE = """
            [[frontend]]
            bind = "127.0.0.1:0"
            protocol = %s
            """;

    private final Path config;
    private final FakeTime time = new FakeTime();
    private final IndexServer server;

    /** Serves, besides the native protocol, tables such as {@code "pdu"}, with its quotes and maybe more lines of TOML. */
    public SeedServer(Path folder, String... protocols) throws Exception {
        StringBuilder text = new StringBuilder("""
                [store]
                url = "jdbc:h2:file:%s/index"
                durability = "process"
                [http]
                bind = ""
                [console]
                bind = "127.0.0.1:0"
                """.formatted(folder)).append(TABLE.formatted("\"native\""));
        for (String protocol : protocols) {
            text.append(TABLE.formatted(protocol));
        }
        config = Files.writeString(folder.resolve("index-server.toml"), text.toString());
        ServerSettings settings = ConfigReader.read(ServerSettings.class, config, List.of(), Map.of()).config();
        server = IndexServer.start(settings, time);
    }

    public FakeTime time() {
        return time;
    }

    public FrontEnd frontEnd(Class<? extends FrontEnd> type) {
        return server.frontEnds().stream().filter(type::isInstance).findFirst().orElseThrow();
    }

    public InetSocketAddress address(Class<? extends FrontEnd> type) {
        return frontEnd(type).address();
    }

    /** The rows of a query, as CSV without the head. */
    public List<String> rows(String query) {
        Program program = new Program();
        assertThat(program.run("sql", "-c", config.toString(), "--csv", query)).as(() -> program.errors().toString())
                .isZero();
        return program.out().lines().skip(1).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
