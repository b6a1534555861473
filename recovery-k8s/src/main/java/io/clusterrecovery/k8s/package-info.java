/**
 * The Kubernetes side of a recovery: approving the certificate requests of new control-plane hosts
 * and of nothing else, and knowing when API and nodes are well again.
 */
@NullMarked
package io.clusterrecovery.k8s;

import org.jspecify.annotations.NullMarked;
