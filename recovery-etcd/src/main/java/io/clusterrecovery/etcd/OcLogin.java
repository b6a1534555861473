package io.clusterrecovery.etcd;

import io.clusterrecovery.Secret;

/**
 * A cluster-admin's login, where a host has no kubeconfig.
 *
 * @param user the user's name
 * @param password goes to {@code oc login} by standard input
 * @param authority the file on the host with the authority of the API's certificate
 */
record OcLogin(String user, Secret password, String authority) {}
