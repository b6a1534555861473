package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * What the API answered.
 *
 * @param date the time by the API server's clock, to the second, where it told
 */
record Reply(JsonObject body, Optional<Instant> date) {}
