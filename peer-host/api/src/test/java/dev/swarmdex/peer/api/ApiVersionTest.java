package dev.swarmdex.peer.api;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ApiVersionTest {

    @Test
    void the_version_is_that_of_the_jar() {
        assertThat(ApiVersion.CURRENT).isEqualTo(System.getProperty("project.version"));
    }
}
