package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentId;
import java.nio.file.Path;

/** What a download is to fetch, and the file it is to become. */
public record Wanted(String name, ContentId id, long size, Path target) {}
