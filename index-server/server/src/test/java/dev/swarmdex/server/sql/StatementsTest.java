package dev.swarmdex.server.sql;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatementsTest {

    private final Statements statements = new Statements();

    @Test
    void a_statement_ends_with_a_semicolon() {
        assertThat(statements.add("select 1")).isFalse();
        assertThat(statements.isEmpty()).isFalse();
        assertThat(statements.add("from x;")).isTrue();
        assertThat(statements.take()).isEqualTo("select 1\nfrom x");
        assertThat(statements.isEmpty()).isTrue();
    }

    @Test
    void semicolons_in_strings_names_and_comments_end_nothing() {
        assertThat(statements.add("select 'a;''b;' -- no; not here")).isFalse();
        assertThat(statements.add("as \"x;y\" /* nor; here")).isFalse();
        assertThat(statements.add("; */ - 1 / 2")).isFalse();
        assertThat(statements.add(";")).isTrue();
    }

    @Test
    void semicolons_between_dollars_and_in_comments_in_comments_end_nothing() {
        assertThat(statements.add("select $$a;b$$, $x$c;$$;d$x$ /* e; /* f; */ g; */")).isFalse();
        assertThat(statements.add("as a$b$c;")).isTrue();
    }

    @Test
    void what_is_blank_but_for_comments_is_no_statement() {
        assertThat(statements.add(";; -- nothing; here\n;")).isFalse();
        assertThat(statements.isEmpty()).isTrue();
        assertThat(statements.add("/* nor here; */;select 1;;-- end")).isTrue();
        assertThat(statements.take()).isEqualTo("select 1");
        assertThat(statements.hasNext()).isFalse();
        assertThat(statements.isEmpty()).isTrue();
    }

    @Test
    void two_statements_may_share_a_line() {
        assertThat(statements.add("select 1; select 2; sel")).isTrue();
        assertThat(statements.take()).isEqualTo("select 1");
        assertThat(statements.hasNext()).isTrue();
        assertThat(statements.take()).isEqualTo("select 2");
        assertThat(statements.hasNext()).isFalse();
        statements.add("ect 3;");
        assertThat(statements.take()).isEqualTo("sel\nect 3");
    }

    @Test
    void the_end_of_the_input_ends_a_statement_too() {
        statements.add("select 1");
        assertThat(statements.take()).isEqualTo("select 1");
    }

    @Test
    void what_was_begun_can_be_given_up() {
        statements.add("select '");
        statements.clear();
        assertThat(statements.add("select 2;")).isTrue();
        assertThat(statements.take()).isEqualTo("select 2");
    }
}
