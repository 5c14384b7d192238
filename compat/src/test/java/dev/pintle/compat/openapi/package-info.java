/// OpenAPI as the real server publishes it: every document of both servers, built-in and of definitions, is compared member
/// by member. What may differ has a reason with a name, and every place where it does is listed.
@NullMarked
package dev.pintle.compat.openapi;

import org.jspecify.annotations.NullMarked;
