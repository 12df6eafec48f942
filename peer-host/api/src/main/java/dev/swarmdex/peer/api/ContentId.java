package dev.swarmdex.peer.api;

/** A digest of a file's bytes, written {@code algorithm:hex}, say {@code sha256-tree:9f86…}. */
public record ContentId(String algorithm, String hex) {}
