// SPDX-License-Identifier: GPL-3.0-or-later
// Tables -> a world: the census fitted exactly where it counts, placed in real communities, equipped and staffed.
#ifndef WG_SYNTHESIS_SYNTHESIS_H
#define WG_SYNTHESIS_SYNTHESIS_H

#include "model/world.h"
#include "schema/input_table.h"
#include "schema/param.h"

#define WG_SYNTHESIS_PARAMS(X, T)                                                                                               \
  X(T, TEXT, district_name, "海淀区", 0, 0, "", SETTING, "区名", "Name of the district.", "")                                   \
  X(T, REAL, residents_per_grid, "1200.0", 100.0, 100000.0, "resident", MEASURED, "网格规模",                                   \
    "Residents of a grid when it is drawn.", "about 1,175 in 学院路 and 1,560 in Dongcheng, 2011-12")                           \
  X(T, REAL, village_size, "0.8", 0.05, 20.0, "1", ASSUMED, "村相对规模",                                                       \
    "Expected residents of a village relative to an ordinary community.", "no published size")                                  \
  X(T, REAL, campus_size, "2.0", 0.05, 20.0, "1", ASSUMED, "高校相对规模",                                                      \
    "Expected residents of a campus community relative to an ordinary one.", "no published size")                               \
  X(T, REAL, community_spread, "0.5", 0.0, 1.0, "1", ASSUMED, "社区规模离散",                                                   \
    "Half width of the uniform law around a community's expected size, as a share of it.", "no published size")                 \
  X(T, REAL, location_spread, "0.004", 0.0, 0.1, "degree", ASSUMED, "坐标离散",                                                 \
    "Distance from a known point of its subdistrict within which a community of unknown place is drawn.",                       \
    "no published size")                                                                                                        \
  X(T, TEXTS, campus_words,                                                                                                     \
    "[\"大学\", \"学院\", \"校\", \"北航\", \"北医\", \"北科大\", \"地大\", \"首师大\", \"石油大院\", \"政法大院\"]",           \
    0, 0, "", ASSUMED, "高校名称用字",                                                                                          \
    "A community whose name holds one of these words, and no word of not_campus_words, is a campus.",                           \
    "judged by name")                                                                                                           \
  X(T, TEXTS, not_campus_words,                                                                                                 \
    "[\"学院南路\", \"学院路\", \"科学院\", \"国防大学\", \"后勤学院\", \"空军指挥学院\"]", 0, 0, "", ASSUMED,                  \
    "非高校名称", "Street names and military academies that look like campuses.", "judged by name")                             \
  X(T, TEXTS, campus_subdistricts, "[\"清华园\", \"燕园\"]", 0, 0, "", ASSUMED, "高校街道",                                     \
    "Subdistricts (names) that are campuses as a whole.", "the two universities' own subdistricts")                             \
  X(T, TEXTS, compound_words,                                                                                                   \
    "[\"院\", \"所\", \"号\", \"机关\", \"部队\", \"军\", \"总参\", \"总政\", \"总装\", \"二炮\", \"武警\", " \
    "\"部\", \"局\", \"航天\", \"新华社\", \"集团\", \"工厂\", \"768厂\", \"大学\"]",                                           \
    0, 0, "", ASSUMED, "单位大院名称用字",                                                                                      \
    "A community that is no campus and whose name holds one of these words is a work-unit compound.",                           \
    "judged by name; communities named by a street number are mostly compounds")                                                \
  X(T, TEXTS, not_compounds, "[\"学院南路\", \"塔院\", \"塔院四园\", \"笑祖塔院\"]", 0, 0, "", ASSUMED,                         \
    "非单位大院名称",                                                                                                           \
    "Communities (whole names) that are neither campus nor compound although they hold such a word.",                           \
    "judged by name")                                                                                                           \
  X(T, REAL, campus_collective, "12.0", 0.0, 1000.0, "1", ASSUMED, "高校集体户倾向",                                            \
    "Weight of a resident of a campus in placing collective households, relative to an ordinary "                               \
    "community.",                                                                                                               \
    "no published size")                                                                                                        \
  X(T, REAL, compound_collective, "3.0", 0.0, 1000.0, "1", ASSUMED, "大院集体户倾向",                                           \
    "Weight of a resident of a work-unit compound in placing collective households.", "no published size")                      \
  X(T, REAL, collective_most, "0.9", 0.0, 1.0, "1", ASSUMED, "集体户上限",                                                      \
    "Largest share of a community's residents in collective households.", "no published size")                                  \
  X(T, REAL, collective_household_size, "6.0", 1.0, 1000.0, "resident", ASSUMED, "集体户规模",                                  \
    "Mean members of a collective household (a room or dormitory unit).", "no published size")                                  \
  X(T, REAL, collective_student_age, "3.0", 0.0, 1000.0, "1", ASSUMED, "集体户学龄倾向",                                        \
    "Weight of ages 16-24 in filling collective households, relative to 25-39.",                                                \
    "direction: dormitories; size assumed")                                                                                     \
  X(T, REAL, collective_over_40, "0.5", 0.0, 1000.0, "1", ASSUMED, "集体户四十岁以上倾向",                                      \
    "Weight of ages 40-64 in filling collective households, relative to 25-39.", "no published size")                           \
  X(T, REAL, campus_students, "0.95", 0.0, 1.0, "1", ASSUMED, "高校集体户学龄占比",                                             \
    "Share of ages 16-24 in the collective households of campuses, as far as there are so many.", "no published size")          \
  X(T, REAL, old_alone, "0.25", 0.0, 1.0, "1", ASSUMED, "独居老人",                                                             \
    "Of households with exactly one member of 65 or over: one-person households.", "no published size")                         \
  X(T, REAL, old_mixed_couple, "0.1", 0.0, 1.0, "1", ASSUMED, "一老夫妻",                                                       \
    "Of the same: couples whose other member is younger than 65.", "no published size")                                         \
  X(T, REAL, old_parent, "0.32", 0.0, 1.0, "1", ASSUMED, "一老与成年子女",                                                      \
    "Of the same: two generations, with an adult child. The rest: three or four generations.", "no published size")             \
  X(T, REAL, old_couple_alone, "0.45", 0.0, 1.0, "1", ASSUMED, "空巢老年夫妻",                                                  \
    "Of households with exactly two members of 65 or over: couples by themselves.", "no published size")                        \
  X(T, REAL, old_couple_with_child, "0.3", 0.0, 1.0, "1", ASSUMED, "老年夫妻与成年子女",                                        \
    "Of the same: two generations, with an adult child. The rest: three or four generations.", "no published size")             \
  X(T, REAL, child_with_spouse, "0.4", 0.0, 1.0, "1", ASSUMED, "同住子女已婚",                                                  \
    "Adult children with old parents who live there with a spouse.", "no published size")                                       \
  X(T, REAL, four_generations_two_old, "0.5", 0.0, 1.0, "1", ASSUMED, "四代户两老",                                             \
    "Four-generation households with two members of 65 or over; the rest have one.", "no published size")                       \
  X(T, REAL, both_grandparents, "0.6", 0.0, 1.0, "1", ASSUMED, "祖父母双全",                                                    \
    "Three-generation households with at most one member of 65 or over: both grandparents live there.",                         \
    "no published size")                                                                                                        \
  X(T, REAL, both_parents, "0.9", 0.0, 1.0, "1", ASSUMED, "三代户父母双全",                                                     \
    "Three-generation households in which both parents live.", "no published size")                                             \
  X(T, REAL, second_grandchild, "0.08", 0.0, 1.0, "1", ASSUMED, "三代户二孩",                                                   \
    "Three-generation households with two children.", "no published size")                                                      \
  X(T, REAL, one_parent, "0.1", 0.0, 1.0, "1", ASSUMED, "单亲户",                                                               \
    "Two-generation households of one parent with children, among those with nobody of 65 or over; more "                       \
    "where the members counted do not suffice.",                                                                                \
    "no published size")                                                                                                        \
  X(T, REAL, shared_flats, "0.2", 0.0, 1.0, "1", ASSUMED, "合住户",                                                             \
    "Unrelated adults or siblings, among one-generation households of several members with nobody of 65 "                       \
    "or over; the rest are couples.",                                                                                           \
    "no published size")                                                                                                        \
  X(T, REAL, shared_by_three, "0.25", 0.0, 1.0, "1", ASSUMED, "三人合住",                                                       \
    "Shared flats of three; the rest are of two.", "no published size")                                                         \
  X(T, REAL, generation_gap, "27.0", 22.0, 32.0, "year", ASSUMED, "代际年龄差",                                                 \
    "Likeliest age of a mother at a child's birth.", "order of the mean age at birth")                                          \
  X(T, REAL, newcomers_young, "3.0", 0.0, 100.0, "1", ASSUMED, "外来人口年轻",                                                  \
    "How many times likelier a household whose eldest member is younger than 40, or such a resident of a "                      \
    "collective household, is registered outside the city.",                                                                    \
    "direction: migrants are young; size assumed")                                                                              \
  X(T, REAL, newcomers_old, "0.3", 0.0, 100.0, "1", ASSUMED, "外来老年户",                                                      \
    "The same for households with a member of 65 or over.", "direction only; size assumed")                                     \
  X(T, REAL, newcomers_on_campus, "0.5", 0.0, 100.0, "1", ASSUMED, "高校外来倾向",                                              \
    "How many times likelier a resident of a collective household on a campus is registered outside.",                          \
    "students could move their registration to the university; size assumed")                                                   \
  X(T, REAL, newcomers_to_villages, "0.35", 0.0, 4.0, "1", ASSUMED, "外来人口偏居村",                                           \
    "How strongly residents registered outside the city live in towns and villages: each of the two "                           \
    "multiplies the weight by 1 + this; 0: not at all.",                                                                        \
    "direction: rural-urban fringe of Beijing houses most migrants; size assumed")                                              \
  X(T, REAL, vacant_dwellings, "0.05", 0.0, 1.0, "1", ASSUMED, "空置率",                                                        \
    "Vacant dwellings at the start, as a share of occupied ones.", "no published size")                                         \
  X(T, REAL, vacant_beds, "0.05", 0.0, 1.0, "1", ASSUMED, "空床率",                                                             \
    "Vacant places in collective households at the start, as a share of taken ones.", "no published size")                      \
  X(T, REAL, workplaces_per_1000, "15.0", 0.0, 1000.0, "workplace / 1000 residents", ASSUMED, "单位密度",                       \
    "Workplaces per 1,000 residents of a grid.", "no published size")                                                           \
  X(T, REAL, cost_longitude, "116.355", -180.0, 180.0, "degree_east", ASSUMED, "房价高点经度",                                  \
    "Where dwelling costs most: the district's south-east corner.",                                                             \
    "position from the district's boundary; that it costs most there is assumed")                                               \
  X(T, REAL, cost_latitude, "39.9", -90.0, 90.0, "degree_north", ASSUMED, "房价高点纬度", "The same, latitude.",                \
    "as above")                                                                                                                 \
  X(T, REAL, cost_distance, "0.12", 0.0, 5.0, "class / km", ASSUMED, "房价距离梯度",                                            \
    "Classes by which dwelling gets cheaper with the distance from there, from class 5.", "no published size")                  \
  X(T, REAL, cost_village, "1.0", 0.0, 5.0, "class", ASSUMED, "村房价差", "Classes by which villages are cheaper.",             \
    "no published size")                                                                                                        \
  X(T, REAL, cost_rural, "0.5", 0.0, 5.0, "class", ASSUMED, "乡村房价差",                                                       \
    "Classes by which places of rural statistical class are cheaper.", "no published size")                                     \
  X(T, REAL, cost_spread, "1.0", 0.0, 5.0, "class", ASSUMED, "房价离散",                                                        \
    "Half width of a uniform law around a community's cost class.", "no published size")

WG_PARAM_STRUCT(wg_synthesis_params, WG_SYNTHESIS_PARAMS)
extern const wg_param_group wg_synthesis_group;

// The district's tables as read from its folder.
typedef struct wg_inputs {
  wg_input_table subdistricts; // code, name, kind, longitude_deg, latitude_deg, area_km2, population_2010, …
  wg_input_table communities;  // code, subdistrict_code, name, kind, urban_rural_class, longitude_deg, latitude_deg
  wg_input_table age_sex;      // age, male, female
  wg_input_table census;       // field, value, unit
  wg_input_table holidays;     // date, kind, name
} wg_inputs;

void wg_inputs_free(wg_inputs *inputs);

// Whether the run's dates can be lived; problems name run.start and run.end.
int wg_world_check_dates(const wg_config *config, wg_error *error);

// Builds the world that `config` describes at run.start. `world` must be zeroed; it is owned by the caller, who frees it
// with wg_world_free also after a failure. Only the subdistricts of run.subdistricts are filled, with the very residents
// that they have in a run of the whole district.
//
// Goes on after problems as far as it can, so that all are told. A table that is empty (one that could not be read) is
// passed over in silence. world->staffed tells that the world is whole: after WG_FAIL_CONFIG only in so far as unknown
// subdistricts were left out, or the catalogue has problems.
int wg_world_synthesise(const wg_config *config, const wg_inputs *inputs, wg_world *world, wg_error *error);

#endif
