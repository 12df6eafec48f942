package dev.swarmdex.store.database;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/** How many rows an H2 database looks at for the answer to a query. */
final class RowsRead {

    private static final Pattern SCAN_COUNT = Pattern.compile("scanCount: (\\d+)");

    private RowsRead() {}

    /** Asks a database that this process has open; what the query does not need may be bound too. */
    static int by(String url, String sql, UnaryOperator<Query> bound) {
        return Jdbi.create(url + ";IFEXISTS=TRUE", "swarmdex", "").withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            String plan = bound.apply(handle.createQuery("explain analyze " + sql)).mapTo(String.class).one();
            return SCAN_COUNT.matcher(plan).results().mapToInt(match -> Integer.parseInt(match.group(1))).sum();
        });
    }
}
