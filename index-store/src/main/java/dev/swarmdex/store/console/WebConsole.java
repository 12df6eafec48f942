package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.H2Loopback;
import java.net.URI;
import java.sql.SQLException;
import org.h2.server.web.WebServer;
import org.h2.tools.Server;

/**
 * H2's console in the browser, on the loopback address, already connected to the index as {@link SqlConsole} connects. Its
 * page is behind a random session id, which only {@link #url} has.
 */
public final class WebConsole implements AutoCloseable {

    private final ConsoleConnection console;
    private final Server server;
    private final String url;

    private WebConsole(ConsoleConnection console, Server server, String url) {
        this.console = console;
        this.server = server;
        this.url = url;
    }

    /**
     * Opens the console on a port of 127.0.0.1, 0 for any free one. Throws a {@link StoreException} that names the cure.
     */
    public static WebConsole open(StoreSettings settings, int port) {
        H2Loopback.require();
        ConsoleConnection console = ConsoleConnection.open(settings);
        if (!console.confined()) {
            console.close();
            throw new StoreException("the web console needs a role that can do no harm: let store.user make it"
                    + " (alter role NAME createrole), or use swarmdex index sql");
        }
        try {
            var web = new WebServer();
            Server server = new Server(web, "-webPort", Integer.toString(port), "-webDaemon", "-ifExists",
                    "-properties", "null").start();
            URI page = URI.create(web.addSession(FreshConnection.of(console)));
            // not the name that H2 gives it: a browser may look for localhost at ::1, where nobody listens
            String url = "http://127.0.0.1:" + server.getPort() + page.getPath() + "?" + page.getQuery();
            return new WebConsole(console, server, url);
        } catch (SQLException e) {
            console.close();
            throw new StoreException("the web console can't listen on 127.0.0.1:" + port
                    + ": choose another port (console.bind)", e);
        }
    }

    /** The address to open in a browser of this machine. */
    public String url() {
        return url;
    }

    /** Whether a server has the database open. */
    public boolean live() {
        return console.live();
    }

    @Override
    public void close() {
        server.stop();
        console.close();
    }
}
