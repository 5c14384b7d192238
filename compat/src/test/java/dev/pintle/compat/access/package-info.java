/// Who gets in where, and who does not: ports, folders, pages of a browser.
@NullMarked
package dev.pintle.compat.access;

import org.jspecify.annotations.NullMarked;
