package dev.swarmdex.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** Who had a content at a moment: the question that the history exists for, put to the view, for contents at random. */
final class AsOf {

    private static final int QUESTIONS = 1000;
    private static final String BY_ID = "content_id";
    private static final String BY_NAME = "content";

    private AsOf() {}

    /** Asks a database that no server has open, with that many mappings. */
    static void run(Path folder, int mappings) {
        try (Connection connection = DriverManager.getConnection(StoreLoad.url(folder), "swarmdex", "")) {
            for (String column : new String[]{BY_ID, BY_NAME}) {
                ask(connection, column, mappings);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void ask(Connection connection, String column, int mappings) throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        double[] milliseconds = new double[QUESTIONS];
        try (PreparedStatement question = connection.prepareStatement(
                "select peer from mapping_history where " + column + " = ? and since <= ?"
                        + " and (until > ? or until is null)")) {
            OffsetDateTime moment = OffsetDateTime.now(ZoneOffset.UTC);
            question.setObject(2, moment);
            question.setObject(3, moment);
            for (int i = 0; i < QUESTIONS; i++) {
                int number = random.nextInt(mappings);
                question.setString(1, column.equals(BY_ID) ? Sample.id(number) : Sample.name(number));
                long start = System.nanoTime();
                requireOne(question);
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(milliseconds);
        System.out.printf(Locale.ROOT,
                "who had a content, by %s: p50 %.2f ms, p99 %.2f ms, longest (the first, mostly) %.1f ms%n", column,
                milliseconds[QUESTIONS / 2], milliseconds[QUESTIONS * 99 / 100], milliseconds[QUESTIONS - 1]);
    }

    private static void requireOne(PreparedStatement question) throws SQLException {
        try (ResultSet rows = question.executeQuery()) {
            if (!rows.next() || rows.next()) {
                throw new IllegalStateException("not one answer");
            }
        }
    }
}
