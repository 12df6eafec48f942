package dev.swarmdex.peer.host.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Lines that a person types at a terminal, with editing, completion, and a history that lasts. */
public final class TerminalInput implements Input {

    private final Terminal terminal;
    private final LineReader reader;

    private TerminalInput(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /** Takes over the process's terminal until it is closed. */
    public static TerminalInput open(Path history, Completer completer) throws IOException {
        Path folder = history.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Terminal terminal = TerminalBuilder.terminal();
        return new TerminalInput(terminal,
                LineReaderBuilder.builder().terminal(terminal).completer(completer)
                        .variable(LineReader.HISTORY_FILE, history)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).build());
    }

    @Override
    public Optional<String> read(String prompt) {
        while (true) {
            try {
                return Optional.of(reader.readLine(prompt));
            } catch (UserInterruptException cleared) {
                terminal.writer().println("Q or Ctrl-D leaves");
            } catch (EndOfFileException end) {
                return Optional.empty();
            }
        }
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public void runStoppably(Task task) throws InterruptedException {
        Thread shell = Thread.currentThread();
        AtomicBoolean stopped = new AtomicBoolean();
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> {
            stopped.set(true);
            shell.interrupt();
        });
        try {
            task.run();
        } catch (InterruptedException ended) {
            if (!stopped.get()) {
                throw ended;
            }
            terminal.writer().println("stopped");
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
