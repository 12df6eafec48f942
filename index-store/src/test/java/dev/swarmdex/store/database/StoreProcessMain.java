package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Change.Outcome;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Opens a store and obeys lines of input: {@code register NAME COUNT} registers that many contents and answers {@code done} or
 * the reason why not, {@code find NAME} answers how many sources it has, {@code load} registers and deregisters without
 * end and prints {@code +name} and {@code -name} for what was acknowledged.
 */
final class StoreProcessMain {

    private final IndexStore store;
    private final long session;

    private StoreProcessMain(IndexStore store) {
        this.store = store;
        this.session = store.submit(new Change.Join(
                new Presence("native", "alice", "alice", Identity.NONE, "192.0.2.1", List.of()))).join();
    }

    /** Takes the store's URL and its durability. */
    public static void main(String[] arguments) throws IOException {
        var settings = StoreSettings.of(arguments[0], Durability.valueOf(arguments[1]));
        try (var store = DatabaseStore.open(settings)) {
            var process = new StoreProcessMain(store);
            System.out.println("open");
            var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                process.obey(line.split(" "));
            }
        }
    }

    private void obey(String[] command) {
        switch (command[0]) {
            case "register" -> System.out.println(register(command[1], Integer.parseInt(command[2])));
            case "find" -> System.out.println(
                    store.lookups().byName(command[1], Cursor.START, 10).listings().size());
            case "load" -> load();
            default -> throw new IllegalArgumentException(command[0]);
        }
    }

    private String register(String name, int count) {
        try {
            for (int i = 0; i < count; i++) {
                store.submit(new Change.Register(session, List.of(content(name + i)))).join();
            }
            return "done";
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }

    /**
     * Every third name is deregistered again; no name is used twice, so what was acknowledged of it last is final. Ends when
     * nobody reads the output any more.
     */
    private void load() {
        var inFlight = new Semaphore(2000);
        for (int i = 0; !System.out.checkError(); i++) {
            String name = "file" + i;
            acknowledge("+" + name, inFlight, new Change.Register(session, List.of(content(name))));
            if (i % 3 == 0) {
                acknowledge("-" + name, inFlight, new Change.Deregister(session,
                        List.of(new Change.Name(name, Optional.empty())), EndedBy.DEREGISTERED));
            }
        }
    }

    private void acknowledge(String line, Semaphore inFlight, Change<List<Outcome>> change) {
        inFlight.acquireUninterruptibly();
        var _ = store.submit(change).whenComplete((outcomes, failure) -> {
            System.out.println(
                    List.of(Outcome.DONE).equals(outcomes) ? line : "unexpected: " + line + outcomes + failure);
            inFlight.release();
        });
    }

    private static Content content(String name) {
        return new Content(name, Optional.of("sha256-tree:" + "ab".repeat(32)), 1000);
    }
}
