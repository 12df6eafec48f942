package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;

/** What can be wrong with a database of a PostgreSQL server. */
final class PostgresFailures implements Failures {

    private static final String WRONG_PASSWORD = "28P01";
    private static final String NOT_ALLOWED = "28000";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String NO_RIGHT = "42501";
    private static final String DISK_FULL = "53100";
    private static final String READ_ONLY = "25006";
    private static final String NO_CONNECTION = "08001";

    private final String url;

    /** The failures of the database with that URL, which must not hold a password. */
    PostgresFailures(String url) {
        this.url = url;
    }

    @Override
    public StoreException opening(Throwable failure) {
        return explain(failure, "opened");
    }

    @Override
    public StoreException writing(Throwable failure) {
        return explain(failure, "written");
    }

    private StoreException explain(Throwable failure, String what) {
        if (failure instanceof StoreException known) {
            return known;
        }
        return new StoreException("the index database " + url + switch (Failures.state(failure)) {
            case WRONG_PASSWORD, NOT_ALLOWED -> " rejects this login: correct store.user and store.password ("
                    + Failures.firstLine(failure) + ")";
            case NO_SUCH_DATABASE -> " does not exist: create it, or correct store.url";
            case NO_RIGHT -> " denies access to store.user: make that user the database's owner ("
                    + Failures.firstLine(failure) + ")";
            case DISK_FULL -> " has no room left: make room on its server's disk";
            case READ_ONLY -> " can only be read: it is a standby, so correct store.url or promote it";
            case NO_CONNECTION -> " does not answer: start PostgreSQL, or correct store.url";
            default -> " can't be " + what + ": " + Failures.firstLine(failure);
        }, failure);
    }
}
