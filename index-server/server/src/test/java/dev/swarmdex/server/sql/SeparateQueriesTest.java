package dev.swarmdex.server.sql;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is said of a query's process by the way it ended. */
class SeparateQueriesTest {

    private static final String TRACE = """
            Exception in thread "main" java.lang.IllegalStateException: a fault
                at dev.swarmdex.server.sql.QueryProcess.main(QueryProcess.java:60)""";

    @Test
    void one_that_answers_is_believed() throws QueryFailedException {
        assertThat(SeparateQueries.answer(QueryProcess.ANSWERED, "{}", "")).isEqualTo("{}");
    }

    @Test
    void one_that_refuses_the_query_says_why_itself() {
        assertThatThrownBy(() -> SeparateQueries.answer(QueryProcess.FAILED, "", "no such table"))
                .hasMessage("no such table");
    }

    @Test
    void one_without_memory_is_told_from_one_that_was_killed() {
        assertThatThrownBy(() -> SeparateQueries.answer(QueryProcess.NO_MEMORY, "", "")).hasMessageContaining("memory");
        assertThatThrownBy(() -> SeparateQueries.answer(137, "", "")).hasMessageContaining("code 137")
                .hasMessageNotContaining("memory");
    }

    @Test
    void of_a_fault_the_user_sees_one_line() {
        assertThatThrownBy(() -> SeparateQueries.answer(1, "", TRACE)).hasMessageContaining("code 1")
                .hasMessageContaining("a fault").message().hasLineCount(1);
    }
}
