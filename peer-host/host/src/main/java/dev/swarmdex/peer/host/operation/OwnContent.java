package dev.swarmdex.peer.host.operation;

/** A content that this host offers, and the file, or the folder, it is. */
public record OwnContent(String name, String id, long size, String path) {}
