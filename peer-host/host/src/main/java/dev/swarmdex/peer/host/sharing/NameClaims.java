package dev.swarmdex.peer.host.sharing;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which file has which name: the first that claims it keeps it, the others wait in order. For the loop's thread. */
final class NameClaims {

    private final Map<String, TrackedFile> owners = new HashMap<>();
    private final Map<String, Set<TrackedFile>> waiting = new HashMap<>();

    /** The file that has the name after this claim: the claimant, or the one that was first. */
    TrackedFile claim(TrackedFile claimant) {
        TrackedFile owner = owners.computeIfAbsent(claimant.name, _ -> claimant);
        if (owner != claimant) {
            waiting.computeIfAbsent(claimant.name, _ -> new LinkedHashSet<>()).add(claimant);
        }
        return owner;
    }

    Optional<TrackedFile> owner(String name) {
        return Optional.ofNullable(owners.get(name));
    }

    /** Ends a claim; the file that now has the name instead, if one waited for it. */
    Optional<TrackedFile> release(TrackedFile file) {
        Set<TrackedFile> others = waiting.getOrDefault(file.name, Set.of());
        if (!owners.remove(file.name, file)) {
            others.removeIf(other -> other == file);
            return Optional.empty();
        }
        Iterator<TrackedFile> next = others.iterator();
        if (!next.hasNext()) {
            waiting.remove(file.name);
            return Optional.empty();
        }
        TrackedFile heir = next.next();
        next.remove();
        owners.put(heir.name, heir);
        return Optional.of(heir);
    }
}
