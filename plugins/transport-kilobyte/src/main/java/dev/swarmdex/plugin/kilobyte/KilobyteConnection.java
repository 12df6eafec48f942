package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The asking side of a connection. Safe for many threads. */
final class KilobyteConnection implements Connection {

    private final Pipeline pipeline;

    KilobyteConnection(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Asks by the name alone; a content without one, or with one that is too long for the protocol, is not offered. */
    @Override
    public Optional<Offer> ask(ContentReference content) throws IOException {
        Optional<String> name = content.name().filter(Request::carries);
        return name.isEmpty() ? Optional.empty() : ask(name.get());
    }

    private Optional<Offer> ask(String name) throws IOException {
        List<Offer> offers = new ArrayList<>(1);
        pipeline.exchange(0, 1, _ -> Request.existence(name), (_, reply) -> {
            if (reply.hasFile()) {
                offers.add(new KilobyteOffer(pipeline, name, reply.fileSize()));
            }
        });
        return offers.stream().findFirst();
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
