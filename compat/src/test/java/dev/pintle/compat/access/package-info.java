/// Who may do what, seen from outside: a matrix of requests that the real server and Pintle must allow and refuse alike, and the
/// doors of the program (the etcd port, the data folder, web pages).
@NullMarked
package dev.pintle.compat.access;

import org.jspecify.annotations.NullMarked;
