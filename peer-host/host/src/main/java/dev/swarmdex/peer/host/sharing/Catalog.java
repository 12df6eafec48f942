package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What is offered right now, all by content id and most by name too. One thread changes it; any number read it. */
final class Catalog {

    private final Map<String, SharedFile> byName = new ConcurrentHashMap<>();
    private final Map<ContentId, List<SharedFile>> byId = new ConcurrentHashMap<>();

    /** Offers a file by its content id. */
    void add(SharedFile file) {
        byId.merge(file.id(), List.of(file), (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }

    /** Offers a file, which is offered by its content id, by its name too. */
    void name(SharedFile file) {
        byName.put(file.name(), file);
    }

    /** No longer offers a file; whether it was offered by its name too. */
    boolean remove(SharedFile file) {
        byId.computeIfPresent(file.id(), (_, files) -> files.size() == 1
                ? null
                : files.stream().filter(other -> other != file).toList());
        return byName.remove(file.name(), file);
    }

    /** The file meant, of several with the same bytes the one that also has the name. */
    Optional<SharedFile> find(ContentReference content) {
        Optional<String> name = content.name().map(OfferedName::normal);
        if (content.id().isEmpty()) {
            return name.map(byName::get);
        }
        List<SharedFile> same = byId.getOrDefault(content.id().get(), List.of());
        return same.stream().filter(file -> name.isPresent() && file.name().equals(name.get())).findFirst()
                .or(() -> same.stream().findFirst());
    }

    /** All that are offered. */
    List<SharedFile> all() {
        return byId.values().stream().flatMap(List::stream).toList();
    }

    /** All that are offered by name. */
    List<SharedFile> named() {
        return List.copyOf(byName.values());
    }
}
