/// The controllers of the server beside upstream's own.
@NullMarked
package dev.pintle.compat.controllers;

import org.jspecify.annotations.NullMarked;
