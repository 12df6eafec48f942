/** What the protocols' codecs share: the rules of text, cutting a stream into lines, and the malformed message. */
@NullMarked
package dev.swarmdex.protocol;

import org.jspecify.annotations.NullMarked;
