package dev.swarmdex.store.state;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a batch of changes mentions, and only the database can tell whether it has it already: see {@link Known}. */
public record Mentioned(Set<Content> contents, Set<PeerName> peers, Set<Change.Report> reports) {

    /** What these changes mention. The numbers of contents that are open now are known without the database. */
    public static Mentioned in(List<? extends Change<?>> changes, ReadModel model) {
        var mentioned = new Mentioned(new HashSet<>(), new HashSet<>(), new LinkedHashSet<>());
        changes.forEach(change -> mentioned.add(change, model.open()));
        return mentioned;
    }

    private void add(Change<?> change, OpenMappings open) {
        switch (change) {
            case Change.Join(var presence) -> peers.add(PeerName.of(presence));
            case Change.Register(_, var added) -> added.forEach(content -> add(content, open));
            case Change.Report report -> {
                add(report.content(), open);
                reports.add(report);
            }
            case Change.Deregister _,Change.Leave _,Change.LeaveIfEmpty _,Change.Keep _,Change.Track _ -> {
                // are about what is open, which the read model knows, or about swarms
            }
        }
    }

    private void add(Content content, OpenMappings open) {
        if (open.number(content).isEmpty()) {
            contents.add(content);
        }
    }
}
