package io.clusterrecovery.aws;

import java.time.Duration;
import java.util.Map;

/**
 * What a {@link DnsUpdater} was told.
 *
 * @param records address by name, in the order given
 */
record DnsSettings(
    String zoneId,
    Map<String, String> records,
    Duration ttlOfNew,
    boolean publicAccepted,
    boolean awaitsOldTtl,
    Duration syncLimit,
    Duration callLimit) {}
