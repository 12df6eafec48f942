package dev.swarmdex.protocol.nativeudp;

/** A constant with a number of its own on the wire, so that the order of the constants means nothing. */
interface Coded {

    /** 0 to 255. */
    int code();

    /** The constant with that number. */
    static <C extends Coded> C of(String what, C[] constants, int code) {
        for (C constant : constants) {
            if (constant.code() == code) {
                return constant;
            }
        }
        throw new IllegalArgumentException("unknown " + what + " " + code);
    }
}
