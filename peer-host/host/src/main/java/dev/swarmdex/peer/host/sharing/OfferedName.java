package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.host.folder.UnsharedNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The names under which files are offered: their path relative to the shared folder, {@code /} between, in NFC. */
final class OfferedName {

    /** What the JDK puts for bytes of a file name that are not in the platform's encoding. */
    private static final char UNDECODABLE = '\uFFFD';

    private OfferedName() {}

    static String of(Path relative) {
        return normal(StreamSupport.stream(relative.spliterator(), false).map(Path::toString)
                .collect(Collectors.joining("/")));
    }

    static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** Why no content can be offered under this name, for the operator; empty when one can. */
    static Optional<String> problem(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ContentReference.LONGEST_NAME) {
            return Optional.of("its name has " + bytes + " bytes, more than " + ContentReference.LONGEST_NAME);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("its name has control characters");
        }
        if (name.indexOf(UNDECODABLE) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return Optional.of("its name can't be decoded; rename it, or run the host in a UTF-8 locale");
        }
        return Optional.empty();
    }

    /** Whether the file or folder, below a shared folder, is never shared: it is hidden, or a download under way. */
    static boolean isIgnored(Path relative) {
        for (Path element : relative) {
            if (isHidden(element)) {
                return true;
            }
        }
        return isDownloadUnderWay(relative);
    }

    static boolean isHidden(Path path) {
        return UnsharedNames.isHidden(String.valueOf(path.getFileName()));
    }

    static boolean isDownloadUnderWay(Path file) {
        return UnsharedNames.isDownloadUnderWay(String.valueOf(file.getFileName()));
    }
}
