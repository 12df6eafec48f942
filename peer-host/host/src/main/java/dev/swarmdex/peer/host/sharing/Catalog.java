package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What is offered right now, by name and by content id. One thread changes it; any number read it. */
final class Catalog {

    private final Map<String, SharedFile> byName = new ConcurrentHashMap<>();
    private final Map<ContentId, List<SharedFile>> byId = new ConcurrentHashMap<>();

    void add(SharedFile file) {
        byName.put(file.name(), file);
        byId.merge(file.id(), List.of(file), (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }

    void remove(SharedFile file) {
        byName.remove(file.name(), file);
        byId.computeIfPresent(file.id(), (_, files) -> files.size() == 1
                ? null
                : files.stream().filter(other -> other != file).toList());
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

    List<SharedFile> all() {
        return List.copyOf(byName.values());
    }
}
