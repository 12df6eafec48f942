package dev.swarmdex.peer.host.control;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTextTest {

    @Test
    void aFailureThatNamesOnlyAPathIsTold() {
        assertThat(FailureText.of(new AccessDeniedException("/srv/state")))
                .isEqualTo("no permission for /srv/state: allow it to this user, or choose another place");
        assertThat(FailureText.of(new NoSuchFileException("./state")))
                .startsWith(Path.of("state").toAbsolutePath() + " does not exist");
    }

    @Test
    void aFailureThatSaysNothingIsToldByWhatItIs() {
        assertThat(FailureText.of(new ClosedChannelException())).isEqualTo("ClosedChannelException");
    }

    @Test
    void aFailureThatSaysMoreIsLeftAsItIs() {
        assertThat(FailureText.of(new IOException("nobody offers a.bin"))).isEqualTo("nobody offers a.bin");
        assertThat(FailureText.of(new FileSystemException("/srv", null, "No space left on device")))
                .isEqualTo("/srv: No space left on device");
    }
}
