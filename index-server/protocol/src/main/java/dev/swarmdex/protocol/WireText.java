package dev.swarmdex.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rules for text in messages: well-formed Unicode of a bounded length in UTF-8, without control characters. */
public final class WireText {

    private WireText() {}

    /** Returns the text if it keeps the rules, and throws an {@link IllegalArgumentException} that says which not. */
    public static String check(String what, String text, int minimum, int maximum) {
        int bytes = utf8Length(text);
        if (bytes < minimum || bytes > maximum) {
            throw new IllegalArgumentException(
                    what + " takes " + bytes + " bytes in UTF-8, allowed are " + minimum + " to " + maximum);
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException(what + " has a control character at position " + i);
            }
        }
        return text;
    }

    /** The text of the bytes, or an {@link IllegalArgumentException} if they are not UTF-8. */
    public static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The lenient decoder is the fast one; what it could not read it marks, and only then the strict one decides.
        return text.indexOf('\uFFFD') < 0 ? text : decodeStrictly(bytes);
    }

    private static String decodeStrictly(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text is not UTF-8", e);
        }
    }

    /** The bytes that the text takes in UTF-8; half a surrogate pair has no encoding and is refused. */
    public static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (isPair(text, i)) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException("text has half a surrogate pair at position " + i);
            }
        }
        return bytes;
    }

    /** Makes any text printable on one line: replaces what {@link #check} would refuse, and cuts at {@code maximum} bytes. */
    public static String printable(String text, int maximum) {
        StringBuilder result = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < text.length();) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isISOControl(point)) {
                point = ' ';
            } else if (Character.getType(point) == Character.SURROGATE) {
                point = '?';
            }
            bytes += utf8Length(Character.toString(point));
            if (bytes > maximum) {
                break;
            }
            result.appendCodePoint(point);
        }
        return result.toString();
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
