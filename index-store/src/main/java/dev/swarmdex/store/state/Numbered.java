package dev.swarmdex.store.state;

/** Something with a number that never changes. */
interface Numbered {

    long number();
}
