package dev.swarmdex.peer.host.demo;

/** A demo that did not show what it is to show. */
final class DemoException extends Exception {

    DemoException(String message) {
        super(message);
    }
}
