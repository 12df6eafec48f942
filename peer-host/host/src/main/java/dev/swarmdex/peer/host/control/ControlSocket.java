package dev.swarmdex.peer.host.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where a host's control socket is: {@code control.sock} in its state folder. */
final class ControlSocket {

    /** The kernel's limit for a socket's path: 108 bytes with the closing NUL on Linux, 104 on others. */
    private static final int LONGEST_PATH = 103;

    private ControlSocket() {}

    /** The address, relative to the working directory where that is what makes it fit. */
    static UnixDomainSocketAddress in(Path stateDir) throws IOException {
        Path absolute = stateDir.toAbsolutePath().normalize().resolve("control.sock");
        Path relative = Path.of("").toAbsolutePath().relativize(absolute);
        Path shorter = relative.toString().length() < absolute.toString().length() ? relative : absolute;
        if (shorter.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new IOException("the path of the state folder is too long for a socket in it (at most " + LONGEST_PATH
                    + " bytes): " + absolute + "; set state-dir to a shorter one");
        }
        return UnixDomainSocketAddress.of(shorter);
    }
}
