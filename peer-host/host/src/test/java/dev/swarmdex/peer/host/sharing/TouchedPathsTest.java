package dev.swarmdex.peer.host.sharing;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TouchedPathsTest {

    private final TouchedPaths touched = new TouchedPaths();

    @Test
    void eachPathIsTakenOnceInTheOrderOfItsFirstTouch() {
        touched.add(Path.of("b"));
        touched.add(Path.of("a"));
        touched.add(Path.of("b"));

        assertThat(touched.isEmpty()).isFalse();
        assertThat(touched.take()).containsExactly(Path.of("b"), Path.of("a"));
        assertThat(touched.take()).isEmpty();
        assertThat(touched.takeOverflow()).isFalse();
        assertThat(touched.isEmpty()).isTrue();
    }

    @Test
    void tooManyPathsBecomeAnOverflowThatIsToldOnce() {
        for (int i = 0; i < 20_000; i++) {
            touched.add(Path.of("path" + i));
        }

        assertThat(touched.take()).hasSize(10_000);
        assertThat(touched.isEmpty()).isFalse();
        assertThat(touched.takeOverflow()).isTrue();
        assertThat(touched.takeOverflow()).isFalse();
        assertThat(touched.isEmpty()).isTrue();
    }
}
