package dev.swarmdex.peer.host.shell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/** The words of a line: separated by spaces, unless in quotes. */
final class Words {

    private Words() {}

    static List<String> of(String line) {
        return new DefaultParser().parse(line, line.length(), Parser.ParseContext.ACCEPT_LINE).words().stream()
                .filter(word -> !word.isEmpty()).toList();
    }

    /** The same, with words split at commas, as seed 003 separates files. */
    static List<String> splitAtCommas(List<String> words) {
        return words.stream().flatMap(word -> word.contains(",") ? Arrays.stream(word.split(",")) : Stream.of(word))
                .filter(word -> !word.isEmpty()).toList();
    }
}
