# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.12 newest
# about: escape
#
# Protections with scopes and trusted cgroups of their own. A host process of
# any protection is guarded from processes that are not.

# looks_are BY-SERVICE SERVICE-BY-CONTAINER APP-BY-CONTAINER - works or denied
looks_are() {
	for look in "service by host:works" "service by service:$1" \
		"service by container:$2" "app by container:$3"; do
		case ${look#*:} in
		works) said=': 0$' ;;
		denied) said=' says: .*denied' ;;
		esac
		expect "scopes: $when: ${look%:*} ${look#*:}" tap \
			"^# $when: ${look%:*}$said"
	done
}

# makes_are OTHER - works or denied: making init.scope, which is of the host
makes_are() {
	for make in "by other:$1" "in another mount:$1" "by host:works" \
		"below the root:works"; do
		case ${make#*:} in
		works) said=': 0$' ;;
		denied) said=' says: .*not permitted' ;;
		esac
		expect "scopes: $when: init.scope ${make%:*} ${make#*:}" tap \
			"^# $when: init.scope ${make%:*}$said"
	done
}

boot scopes ''
when=control makes_are works
when=escape makes_are denied
when=control looks_are works works works
when=escape looks_are works works works
when=namespaces looks_are works denied works
when=without looks_are works works works
when=again looks_are works denied works
when=trusted looks_are works denied denied
expect "scopes: the lock is as strict as any scope" tap \
	'^# own-cgroups says: .*not permitted'
expect "scopes: what is trusted by one may what that forbids" tap \
	'^# app-dev_mem: 0$'
expect "scopes: and may not take off another" tap \
	'^# app-rm says: .*not permitted'
expect "scopes: too many trusted cgroups are denied" tap '^# many: 65$'
expect "scopes: that is said" tap '^# many says: .*cannot guard'
expect "scopes: and nothing has changed" tap '^# host-dev_mem: 0$'
