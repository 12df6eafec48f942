package dev.swarmdex.peer.host.operation;

/**
 * A content that this host offers from now on, or no more.
 *
 * @param path of the file, or the folder, it is
 * @param nameTakenBy the other file or folder that others find by its name, so that they find this one by its id only; empty
 *        when there is none
 */
public record ShareResult(String name, String id, long size, String path, String nameTakenBy) {}
