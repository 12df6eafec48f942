package dev.swarmdex.store.database;

import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.names.NameIndex;
import dev.swarmdex.store.state.ReadModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Properties;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of a PostgreSQL server: how it is reached. All that only PostgreSQL needs is here and in {@link SeveralServers}.
 *
 * <p>Durability is PostgreSQL's own: a commit returns when it is in the server's log on the disk, unless its administrator has
 * decided otherwise ({@code synchronous_commit}), which our log reports.
 */
final class PostgresDatabase implements Database {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final String SCHEMA = "classpath:dev/swarmdex/store/postgresql";
    private static final int OLDEST = 15;
    /** Where the measured throughput stops growing with the batch. */
    private static final int BATCH_SIZE = 4096;
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    private final StoreSettings settings;
    private final PostgresFailures failures;

    PostgresDatabase(StoreSettings settings) {
        if (settings.url().contains("password=") || settings.url().contains("user=")) {
            throw new StoreException("store.url must not have user or password: set store.user and store.password");
        }
        if (settings.durability() == Durability.PROCESS) {
            throw new StoreException(
                    "store.durability = \"process\" is for H2 only: leave it out, as PostgreSQL decides"
                            + " itself when a commit is on the disk (synchronous_commit in its own settings)");
        }
        this.settings = settings;
        this.failures = new PostgresFailures(settings.url());
    }

    static boolean isMeantBy(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public Failures failures() {
        return failures;
    }

    @Override
    public Handle open() {
        Handle handle = connect();
        try {
            check(handle);
            Schema.migrate(settings.url(), settings.user(), settings.password(), settings.url(), SCHEMA);
            return handle;
        } catch (FlywayException | JdbiException | StoreException e) {
            handle.close();
            throw failures.opening(e);
        }
    }

    @Override
    public Handle reopen(Handle failed) {
        close(failed);
        return connect();
    }

    @Override
    public Connection connectBeside() {
        try {
            return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        } catch (SQLException e) {
            throw failures.opening(e);
        }
    }

    @Override
    public int batchSize() {
        return BATCH_SIZE;
    }

    @Override
    public void harden(Handle handle) {
        // a commit does not return before
    }

    @Override
    public NameIndex names() {
        return NameIndex.openIn(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Override
    public void close(Handle handle) {
        try {
            handle.getConnection().close();
        } catch (SQLException e) {
            LOG.debug("the connection was broken already", e);
        }
    }

    @Override
    public Servers servers(ReadModel model, InstantSource clock) {
        return new SeveralServers(model, clock, this::lookups);
    }

    private Handle connect() {
        try {
            return Jdbi.create(() -> DriverManager.getConnection(settings.url(), writing())).open();
        } catch (JdbiException e) {
            throw failures.opening(e);
        }
    }

    /**
     * No wait is without an end: a server that hangs in the middle of a batch loses its turn after some seconds, and one whose
     * database hangs notices. What a batch asks for is found by an index, however young the planner's statistics are.
     */
    private Properties writing() {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "swarmdex index");
        properties.setProperty("assumeMinServerVersion", Integer.toString(OLDEST));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("options", "-c idle_in_transaction_session_timeout=10s -c lock_timeout=20s"
                + " -c default_transaction_isolation=read\\ committed"
                + " -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off");
        return properties;
    }

    private void check(Handle handle) {
        try {
            int version = handle.getConnection().getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new StoreException("the index needs PostgreSQL " + OLDEST + " or newer, but " + settings.url()
                        + " is of version " + version);
            }
        } catch (SQLException e) {
            throw failures.opening(e);
        }
        String encoding = show(handle, "server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new StoreException("the index needs a database for all of Unicode, but " + settings.url()
                    + " has the encoding " + encoding + ": create it with encoding 'UTF8'");
        }
        if (!Schema.isPresent(handle) && hasTables(handle)) {
            throw new StoreException("the index database " + settings.url()
                    + " has tables of another program: create a database for the index, or correct store.url");
        }
        if (show(handle, "synchronous_commit").equals("off")) {
            LOG.warn("PostgreSQL is set to synchronous_commit = off: what is acknowledged can be lost when it crashes");
        }
    }

    private static boolean hasTables(Handle handle) {
        return handle.createQuery("""
                select exists (select 1 from information_schema.tables where table_schema = current_schema)""")
                .mapTo(Boolean.class).one();
    }

    private static String show(Handle handle, String setting) {
        return handle.createQuery("select current_setting(:setting)").bind("setting", setting).mapTo(String.class)
                .one();
    }
}
