package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Lists, page by page. */
class NativeListsTest extends NativeFixture {

    @Test
    void contents_and_peers_are_listed() throws Exception {
        client.share("alice", FILM, SONG);
        client.share("bob", SONG);
        Reply.Contents contents = (Reply.Contents) client.ask(new Request.ListContents(Cursor.NONE));
        assertThat(contents.listings()).extracting(Listing::content).containsExactly(FILM, SONG);
        assertThat(contents.listings().get(1).sources()).extracting(Source::peer).containsExactly("alice", "bob");
        Reply.Peers peers = (Reply.Peers) client.ask(new Request.ListPeers(Cursor.NONE));
        List<Endpoint> here = List.of(new Endpoint("tcp", "127.0.0.1", 7118));
        assertThat(peers.peers()).containsExactly(new Reply.Peer("alice", here), new Reply.Peer("bob", here));
        assertThat(peers.next()).isEqualTo(Cursor.NONE);
    }

    @Test
    void a_long_list_comes_in_pages_without_gap_or_repetition() throws Exception {
        Content[] many = new Content[300];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Content("file " + i + "x".repeat(i % 90), Optional.of("sha256-tree:%064x".formatted(i)), i);
        }
        client.share("alice", many);
        client.share("bob", many);
        List<Map.Entry<String, String>> seen = new ArrayList<>();
        forAllPages(Request.ListContents::new, listing -> listing.sources()
                .forEach(source -> seen.add(entry(source.peer(), listing.content().name()))));
        assertThat(seen).hasSize(600).doesNotHaveDuplicates();
        int[] found = {0};
        forAllPages(cursor -> new Request.SearchWords(List.of("file"), cursor),
                listing -> found[0] += listing.sources().size());
        assertThat(found[0]).isEqualTo(600);
    }

    private void forAllPages(Function<Cursor, Request> request, Consumer<Listing> visitor)
            throws Exception {
        Cursor cursor = Cursor.NONE;
        do {
            Reply.Contents page = (Reply.Contents) client.ask(request.apply(cursor));
            page.listings().forEach(visitor);
            cursor = page.next();
        } while (!cursor.equals(Cursor.NONE));
    }

    @Test
    void many_peers_come_in_pages_without_gap_or_repetition() throws Exception {
        client.hello();
        for (int i = 0; i < 150; i++) {
            client.keepAlive("peer-" + i);
        }
        List<String> seen = new ArrayList<>();
        Cursor cursor = Cursor.NONE;
        do {
            Reply.Peers page = (Reply.Peers) client.ask(new Request.ListPeers(cursor));
            page.peers().forEach(peer -> seen.add(peer.name()));
            cursor = page.next();
        } while (!cursor.equals(Cursor.NONE));
        assertThat(seen).hasSize(150).doesNotHaveDuplicates();
    }
}
