package dev.swarmdex.store.database;

import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.names.NameIndex;
import dev.swarmdex.store.state.ReadModel;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A database product: how it is opened and closed, and what makes a commit last. The rows and their SQL are the same in all. */
sealed interface Database permits H2Database, PostgresDatabase {

    /** A patience that is none. */
    Duration LONGEST = Duration.ofDays(1);

    /** The database that the settings' URL names. Throws a {@link StoreException} that says what the URL should be. */
    static Database of(StoreSettings settings) {
        return PostgresDatabase.isMeantBy(settings.url()) ? new PostgresDatabase(settings) : new H2Database(settings);
    }

    /** Opens the database, makes what is missing of it, and brings its schema up to date. */
    Handle open();

    /** Opens the database again after a failure left it in doubt: drops what is in memory, and reads what is on the disk. */
    Handle reopen(Handle failed);

    /** A second connection, with the owner's rights, to the database that this process has open. */
    Connection connectBeside();

    /** Lookups that ask the database itself, with the sessions that are open now. */
    default Lookups lookups(Handle handle) {
        return new DatabaseLookups(Jdbi.create(this::connectBeside), new OpenRows(handle).sessions());
    }

    /** How many items the next batch should have at most, so that it is written as quickly as can be. */
    int batchSize();

    /** Begins the transaction of a batch. */
    default void begin(Handle handle) {
        handle.begin();
    }

    /** Commits the transaction of a batch, which has written that many items, and makes it as durable as the settings say. */
    default void commit(Handle handle, int items) {
        handle.commit();
        harden(handle);
    }

    /** Makes the commit that just happened as durable as the settings say. */
    void harden(Handle handle);

    /** How long the writer may wait before it calls {@link #tidy} again. */
    default Duration patience() {
        return LONGEST;
    }

    /**
     * Does what the database needs between batches, if anything is due. Throws a {@link StoreException} if it is now in
     * doubt.
     */
    default void tidy(Handle handle) {
        // a database server does so itself
    }

    /** Closes the database, as far as it is this process's to close. */
    void close(Handle handle);

    /** An index of names that is only this server's, with its files where they are in nobody's way. The caller closes it. */
    NameIndex names();

    /** What is wrong when it fails. */
    Failures failures();

    /** The servers that write to it, of which this one, dating by that clock, shows what is open in the model. */
    Servers servers(ReadModel model, InstantSource clock);
}
