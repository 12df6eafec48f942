package dev.swarmdex.peer.host.shell;

import dev.swarmdex.peer.host.control.Operations;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes commands, then the names or paths that the command takes. */
public final class Completion implements Completer {

    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

    private final List<String> commands;
    private final HostContents contents;
    private final FileNameCompleter files = new FileNameCompleter();

    /** Completes these commands and the seeds' words, with what that host knows. */
    public Completion(List<String> commands, Operations host) {
        this.commands = Stream.concat(commands.stream(), Shell.WORDS.stream()).distinct().sorted().toList();
        this.contents = new HostContents(host);
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            add(commands.stream(), candidates);
            return;
        }
        try {
            switch (line.words().getFirst()) {
                case "share", "register", "R", "r" -> files.complete(reader, line, candidates);
                case "get", "download", "D", "d", "search", "S", "s" ->
                    add(contents.offered().stream().map(HostContents.Offered::name), candidates);
                case "unshare", "unregister", "T", "t", "delete" ->
                    add(contents.own().stream().map(HostContents.Own::name), candidates);
                default -> LOG.trace("nothing to complete after {}", line.words().getFirst());
            }
        } catch (IOException unreachable) {
            LOG.debug("no completion", unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void add(Stream<String> words, List<Candidate> candidates) {
        words.distinct().map(Candidate::new).forEach(candidates::add);
    }
}
