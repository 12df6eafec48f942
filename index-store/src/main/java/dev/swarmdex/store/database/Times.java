package dev.swarmdex.store.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Moments in columns. Always with their offset: the driver's older ways go through the machine's time zone, where an hour of
 * autumn comes twice.
 */
final class Times {

    private Times() {}

    /** The time of a batch: after all that the history has, even if the machine's clock was set back or is slow. */
    static Instant after(Instant latest, Instant clock) {
        Instant now = clock.truncatedTo(ChronoUnit.MICROS);
        return now.isAfter(latest) ? now : latest.plus(1, ChronoUnit.MICROS);
    }

    static Argument bind(Instant instant) {
        OffsetDateTime moment = instant.atOffset(ZoneOffset.UTC);
        return (position, statement, _) -> statement.setObject(position, moment);
    }

    static Argument bindOptional(@Nullable Instant instant) {
        return instant == null
                ? (position, statement, _) -> statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE)
                : bind(instant);
    }

    static Instant read(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Instant read(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant readOptional(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
