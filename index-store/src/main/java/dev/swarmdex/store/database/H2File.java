package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The files of an embedded database.
 *
 * @param base the absolute path that the URL names, which H2 adds its endings to
 */
public record H2File(Path base) {

    private static final String PREFIX = "jdbc:h2:file:";

    /** The files that the URL means; throws a {@link StoreException} that says what the URL should be. */
    public static H2File of(String url) {
        if (!url.startsWith(PREFIX) || url.length() == PREFIX.length()) {
            throw new StoreException("the store's URL must be " + PREFIX
                    + "PATH or jdbc:postgresql://HOST/DATABASE, not \"" + url + "\"");
        }
        if (url.indexOf(';') >= 0) {
            throw new StoreException("the store's URL must not have settings: remove everything from the \";\" in \""
                    + url + "\"");
        }
        try {
            return new H2File(Path.of(url.substring(PREFIX.length())).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new StoreException("the store's URL has no valid path: " + e.getMessage(), e);
        }
    }

    /** The JDBC URL, with the settings that don't depend on who opens it. */
    public String url() {
        return PREFIX + base + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";
    }

    /** The file that holds the data. */
    public Path data() {
        return base.resolveSibling(base.getFileName() + ".mv.db");
    }
}
